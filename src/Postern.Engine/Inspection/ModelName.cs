using System.Text;
using System.Text.Json;
using Postern.Engine.Flow;

namespace Postern.Engine.Inspection;

/// <summary>
/// The model that a request asks for, from the top-level <c>model</c> of its JSON body. Only names of families that are known are recorded:
/// any other spelling is the agent's own text, which may hold a secret.
/// </summary>
internal static class ModelName
{
    private const int MaxBytes = 64;

    private static readonly System.Buffers.SearchValues<byte> s_spelling = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-_:"u8);

    /// <summary>How families of models are called by their makers.</summary>
    private static readonly byte[][] s_families =
    [
        .. ((string[])[
            "gpt-", "chatgpt-", "o1", "o3", "o4", "codex-", "claude-", "gemini-", "gemma", "llama", "mistral", "mixtral", "codestral", "devstral", "magistral", "ministral",
            "pixtral", "deepseek", "qwen", "qwq", "grok-", "command-", "phi-", "phi3", "phi4", "nova-", "titan-", "jamba", "kimi", "glm-", "granite", "text-embedding-", "sonar",
        ]).Select(Encoding.ASCII.GetBytes),
    ];

    /// <summary>Empty for anything but a whole JSON request that names a known one. Costs one search of the body when it does not.</summary>
    public static string Of(Message message)
    {
        if (message.Kind != MessageKind.Request || !message.TryFind(PartKind.Body, out var body) || message.Of(body).IndexOf("\"model\""u8) < 0)
        {
            return string.Empty;
        }

        var reader = new Utf8JsonReader(message.Of(body));
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return string.Empty;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isModel = reader.ValueTextEquals("model"u8);
                _ = reader.Read();
                if (isModel)
                {
                    return reader.TokenType == JsonTokenType.String ? Known(reader.ValueSpan) : string.Empty;
                }

                reader.Skip();
            }
        }
        catch (JsonException)
        {
            // No JSON; the views say so where it matters.
        }

        return string.Empty;
    }

    /// <summary>Gateways write <c>maker/model</c>; the maker is anybody's text.</summary>
    private static string Known(ReadOnlySpan<byte> name)
    {
        var model = name[(name.LastIndexOf((byte)'/') + 1)..];
        if (model.Length > MaxBytes || model.IndexOfAnyExcept(s_spelling) >= 0)
        {
            return string.Empty;
        }

        foreach (var beginning in s_families)
        {
            if (model.StartsWith(beginning))
            {
                return Encoding.ASCII.GetString(model);
            }
        }

        return string.Empty;
    }
}
