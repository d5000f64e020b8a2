using Postern.Transports.Http;
using Postern.Transports.Http.Connect;

namespace Postern.Transports.Transparent;

/// <summary>The answers to a client that knows of no proxy: it asked for nothing, so an open tunnel says nothing. A refusal is HTTP where HTTP is spoken, else only an end.</summary>
internal sealed class TransparentWords(bool isHttp) : ITunnelWords
{
    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Established => default;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Refused(Reply reply) => isHttp ? ConnectWords.Instance.Refused(reply) : default;
}
