package dev.slipway.platform.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DockerfileBasesTest {
    private static final String OWN = "127.0.0.1:8080/acme/shop@";

    private static boolean refused(String dockerfile) {
        return DockerfileBases.refusal(dockerfile, Map.of("GIVEN", "127.0.0.1:8080/rival/app"), OWN)
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FROM slipway-run:1\nCMD x",
                "from debian:bookworm-slim\n",
                "FROM registry.example.com:5000/team/base@sha256:abcd\n",
                "FROM 127.0.0.1:8080/acme/shop@sha256:abcd\n",
                "ARG BASE=debian\nFROM ${BASE}:12\n",
                "FROM debian AS one\nFROM one\nCOPY --from=one /a /a\nCOPY --from=0 /b /b\n",
                "# FROM 127.0.0.1:8080/rival/app\nFROM scratch\nRUN echo FROM 127.0.0.1:8080/rival/app\n",
                "FROM scratch\nCOPY 127.0.0.1 /x\n"
            })
    void whatEverybodyMayUse(String dockerfile) {
        assertThat(refused(dockerfile)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FROM 127.0.0.1:8080/rival/app\n",
                "FROM localhost:8080/rival/app:latest\n",
                "FROM 127.0.0.1:8080/acme/shopping@sha256:abcd\n",
                "FROM slipway-built-11111111/rival/app\n",
                "FROM docker.io/slipway-built-11111111/rival/app\n",
                "FROM 4dabee72859e\n",
                "FROM 4d\n",
                "FROM sha256:4dabee72859e\n",
                "FROM --platform=linux/amd64 4dabee72859e AS x\n",
                "FROM \\\n  4dabee72859e\n",
                "FROM \"4dabee72859e\"\n",
                "# escape=`\nFROM `\n 4dabee72859e\n",
                "FROM \\\n# a comment between\n\n4dabee72859e",
                "ARG A=4dab\nARG B=${A}ee72\nFROM $B\n",
                "ARG GIVEN=debian\nFROM $GIVEN\n",
                "FROM ${NONE:-4dabee72859e}\n",
                "ARG A=x\nFROM ${A:+4dabee72859e}\n",
                "FROM debian\nCOPY --from=127.0.0.1:8080/rival/app /workspace /stolen\n",
                "FROM debian\nCOPY --chown=1 --from=4dabee72859e / /\n"
            })
    void whatIsForItsOwnerOnly(String dockerfile) {
        assertThat(refused(dockerfile)).isTrue();
    }
}
