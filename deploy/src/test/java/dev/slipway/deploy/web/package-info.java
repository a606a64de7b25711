/** System tests of the web pages: what leaves the server, and what a person sees in a real browser. */
package dev.slipway.deploy.web;
