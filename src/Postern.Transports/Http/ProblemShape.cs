using Postern.Engine.Inspection;

namespace Postern.Transports.Http;

/// <summary>Problem documents (RFC 9457), for whoever speaks nothing but HTTP.</summary>
internal sealed class ProblemShape : IRefusalShape
{
    private ProblemShape()
    {
    }

    /// <summary>The only one.</summary>
    public static ProblemShape Instance { get; } = new();

    /// <inheritdoc/>
    public Reply Of(Refused refused) => Reply.Of(refused);

    /// <inheritdoc/>
    public Reply Event(Refused refused) => Reply.Event(refused);
}
