using Postern.Transports.WebSockets.Deflate;

namespace Postern.Transports.Tests.WebSockets;

public sealed class DeflateHandshakeTests
{
    [Theory]
    [InlineData("permessage-deflate", "permessage-deflate")]
    [InlineData("Permessage-Deflate; client_max_window_bits", "permessage-deflate")]
    [InlineData("permessage-deflate; client_max_window_bits=9", "permessage-deflate")]
    [InlineData("permessage-deflate;client_no_context_takeover", "permessage-deflate; client_no_context_takeover")]
    [InlineData("permessage-deflate; server_no_context_takeover", "permessage-deflate; server_no_context_takeover")]
    [InlineData("permessage-deflate; server_max_window_bits=8", "permessage-deflate; server_max_window_bits=8")]
    [InlineData("permessage-deflate; server_max_window_bits=\"10\"", "permessage-deflate; server_max_window_bits=10")]
    [InlineData("permessage-deflate; server_max_window_bits=15", "permessage-deflate")]
    [InlineData("permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=12", "permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=12")]
    [InlineData("x-other, permessage-deflate", "permessage-deflate")]
    [InlineData("permessage-deflate; unknown, permessage-deflate; server_no_context_takeover", "permessage-deflate; server_no_context_takeover")]
    [InlineData("permessage-deflate; server_max_window_bits", null)]
    [InlineData("permessage-deflate; server_max_window_bits=7", null)]
    [InlineData("permessage-deflate; server_max_window_bits=16", null)]
    [InlineData("permessage-deflate; server_max_window_bits=09", null)]
    [InlineData("permessage-deflate; client_max_window_bits=20", null)]
    [InlineData("permessage-deflate; server_no_context_takeover=1", null)]
    [InlineData("permessage-deflate; client_max_window_bits; client_max_window_bits", null)]
    [InlineData("permessage-bzip2", null)]
    [InlineData("", null)]
    public void Takes_the_first_offer_that_can_be_kept(string offers, string? answer) =>
        Assert.Equal(answer, DeflateHandshake.Choose(offers) is { } terms ? DeflateHandshake.Answer(terms) : null);

    [Theory]
    [InlineData("permessage-deflate", false, false)]
    [InlineData("permessage-deflate; server_no_context_takeover", true, false)]
    [InlineData("permessage-deflate; client_no_context_takeover", false, true)]
    [InlineData("permessage-deflate; server_max_window_bits=9; server_no_context_takeover", true, false)]
    public void Keeps_what_the_upstream_demands(string answer, bool theyForget, bool weForget) =>
        Assert.Equal(new DeflateTerms { TheyForget = theyForget, WeForget = weForget }, DeflateHandshake.Agree(answer));

    [Theory]
    [InlineData("permessage-deflate; client_max_window_bits=10")]
    [InlineData("permessage-deflate; client_max_window_bits")]
    [InlineData("permessage-deflate; server_max_window_bits=16")]
    [InlineData("permessage-deflate, permessage-deflate")]
    [InlineData("x-webkit-deflate-frame")]
    public void Agrees_on_nothing_that_was_not_offered(string answer) => Assert.Null(DeflateHandshake.Agree(answer));
}
