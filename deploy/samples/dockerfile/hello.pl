# A web server in the Perl that Debian's minimal base has: one request a connection, enough for a greeting.
use strict;
use warnings;
use IO::Socket::INET;

$| = 1;
$SIG{TERM} = sub { print "told to end\n"; exit 0 };

my $server = IO::Socket::INET->new(
    LocalAddr => '0.0.0.0',
    LocalPort => $ENV{PORT} || 3000,
    Listen    => 64,
    ReuseAddr => 1,
) or die "cannot listen: $!\n";
print "listening on ", $server->sockport, "\n";

while (1) {
    my $client = $server->accept or next;
    while (my $line = <$client>) { last if $line =~ /^\r?\n$/ }
    my $body = "Hello from a Dockerfile\n";
    print $client "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: ", length $body,
        "\r\nConnection: close\r\n\r\n", $body;
    close $client;
}
