using Postern.Engine.Flow;

namespace Postern.Engine.Media;

/// <summary>The body of a message that holds media.</summary>
internal readonly record struct MediaBody(Message Message, Part Part)
{
    /// <summary>Its bytes.</summary>
    public ReadOnlySpan<byte> Bytes => Message.Bytes.Slice(Part.Start, Part.Length);

    /// <summary>Where it begins in the message.</summary>
    public int Start => Part.Start;
}
