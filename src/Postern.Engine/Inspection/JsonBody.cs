using System.Text.Json;
using Postern.Engine.Flow;

namespace Postern.Engine.Inspection;

/// <summary>Bodies as JSON for those who ask what a message means; its texts are the views'.</summary>
internal static class JsonBody
{
    // What is deeper the views refuse.
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 128 };

    public static JsonDocument Parse(Message message, Part body) => Parse(message.Memory.Slice(body.Start, body.Length));

    public static JsonDocument Parse(ReadOnlyMemory<byte> json) => JsonDocument.Parse(json, s_options);
}
