using System.IO.Pipelines;

namespace Postern.Transports.Socks;

/// <summary>The two short answers before a client asks for its tunnel. Everything after them is the tunnel's own release.</summary>
internal sealed class SocksRelease(IDuplexPipe client)
{
    /// <summary>Says which way to sign in, or that it was signed in.</summary>
    /// <param name="isGreeting">The greeting is answered.</param>
    /// <param name="answer">The byte to say.</param>
    public async ValueTask AgreeAsync(bool isGreeting, int answer) =>
        await client.Output.WriteAsync(new byte[] { (byte)(isGreeting ? 5 : 1), (byte)answer }).ConfigureAwait(false);
}
