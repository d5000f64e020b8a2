using System.Text.Json.Serialization;

namespace Postern.Bench.Matching;

/// <summary>Encodes chat texts as clients do.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class ChatJson : JsonSerializerContext;
