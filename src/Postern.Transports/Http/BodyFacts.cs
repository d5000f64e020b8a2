using Postern.Engine.Flow;

namespace Postern.Transports.Http;

/// <summary>How a body is read, by what is said about it.</summary>
internal static class BodyFacts
{
    /// <summary>A body on its way out. A media label excuses nothing there: whatever it claims to be, it is read.</summary>
    public static MessageFacts Outbound(string? contentType) => new(MessageKind.BodyWindow, Direction.Outbound)
    {
        Content = MediaTypes.KindOf(contentType) is var kind and not ContentKind.Opaque ? kind : ContentKind.Text,
        Boundary = MediaTypes.BoundaryOf(contentType),
    };

    /// <summary>A body on its way in. What does not begin like the media it claims to be is read as text.</summary>
    public static MessageFacts Inbound(string? contentType, ReadOnlySpan<byte> start)
    {
        var kind = MediaTypes.KindOf(contentType);
        return new MessageFacts(MessageKind.BodyWindow, Direction.Inbound)
        {
            Content = kind == ContentKind.Opaque && !MediaTypes.LooksOpaque(contentType, start) ? ContentKind.Text : kind,
            Boundary = MediaTypes.BoundaryOf(contentType),
        };
    }
}
