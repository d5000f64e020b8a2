using Postern.Engine.Flow;
using Postern.Transports.Http;

namespace Postern.Transports.Tests.Streaming;

/// <summary>One piece as it was cut: what the inspector sees of the body, and what may leave.</summary>
internal sealed record Seen(byte[] Inspected, byte[] Released, MessageFacts Facts, string Event)
{
    /// <summary>What is looked at of the border with earlier pieces; null when there is none.</summary>
    public string? Border { get; private init; }

    public static Seen Of(Message piece)
    {
        using (piece)
        {
            var inspected = piece.TryFind(PartKind.Body, out var body) ? piece.Of(body).ToArray() : [];
            return new Seen(inspected, piece.ReleasableBody.ToArray(), piece.Facts, System.Text.Encoding.UTF8.GetString(EventText.Render(piece).Span))
            {
                Border = piece.TryFind(PartKind.Border, out var border) ? System.Text.Encoding.UTF8.GetString(piece.Of(border)) : null,
            };
        }
    }
}
