using System.Buffers;
using System.Text;
using System.Text.Json;
using Postern.Engine.A2a;
using Postern.Engine.Evidence;

namespace Postern.Engine.Detection.Tools.Definitions;

/// <summary>Finds the definitions in an answer of a server, by their shape: what is in the place of a list is a list, whatever was asked.</summary>
public sealed class DefinitionReader
{
    /// <summary>A longer definition is none that a model should read.</summary>
    private const int MaxBytes = 256 * 1024;

    /// <summary>No model reads it.</summary>
    private static readonly string[] s_unread = ["_meta"];

    /// <summary>The seal on a card and its edition change without anything else.</summary>
    private static readonly string[] s_unreadOfCard = ["_meta", "signatures", "version"];

    private static readonly (string Member, string Prefix)[] s_lists = [("tools", Definition.ToolPrefix), ("prompts", "prompt:")];

    private DefinitionReader()
    {
    }

    /// <summary>The definitions, in order.</summary>
    public List<Definition> Found { get; } = [];

    /// <summary>Keys that stand in the answer twice.</summary>
    public List<string> Doubled { get; } = [];

    /// <summary>Names of parameters that ask for what must not leave, with their tool.</summary>
    public List<string> Greedy { get; } = [];

    /// <summary>True when something could not be brought into the form in which definitions are compared, or there are too many.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Reads an answer, or a batch of them.</summary>
    /// <exception cref="InvalidOperationException">A text holds half a surrogate pair.</exception>
    public static DefinitionReader Read(JsonElement message)
    {
        var reader = new DefinitionReader();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var answer in message.ValueKind == JsonValueKind.Array ? message.EnumerateArray().ToArray() : [message])
        {
            if (answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("result"u8, out var result) && result.ValueKind == JsonValueKind.Object)
            {
                reader.Result(result, keys);
            }
        }

        return reader;
    }

    /// <summary>Reads the card of an agent, or the answer that holds one.</summary>
    /// <exception cref="InvalidOperationException">A text holds half a surrogate pair.</exception>
    internal static DefinitionReader OfCard(JsonElement message, A2aTalk asked)
    {
        var reader = new DefinitionReader();
        var card = asked.IsRpc && message.ValueKind == JsonValueKind.Object ? message.TryGetProperty("result"u8, out var result) ? result : default : message;
        if (card.ValueKind == JsonValueKind.Object)
        {
            reader.Add(asked.Card, card, []);
        }

        return reader;
    }

    private void Result(JsonElement result, HashSet<string> keys)
    {
        foreach (var (member, prefix) in s_lists)
        {
            if (result.TryGetProperty(member, out var list) && list.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in list.EnumerateArray())
                {
                    if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty("name"u8, out var name) && name.ValueKind == JsonValueKind.String)
                    {
                        Add(prefix + name.GetString(), item, keys);
                    }
                }
            }
        }

        if (result.TryGetProperty("instructions"u8, out var instructions) && instructions.ValueKind == JsonValueKind.String)
        {
            Add("server:instructions", instructions, keys);
        }
    }

    private void Add(string key, JsonElement item, HashSet<string> keys)
    {
        if (!keys.Add(key))
        {
            Doubled.Add(key);
            return;
        }

        if (Found.Count == ServerPins.Max || Canonical(item, key.StartsWith(Definition.AgentPrefix, StringComparison.Ordinal) ? s_unreadOfCard : s_unread) is not { } text)
        {
            IsCut = true;
            return;
        }

        Found.Add(new Definition(key, text));
        Greedy.AddRange(ParameterNames.Greedy(item));
    }

    private static string? Canonical(JsonElement item, string[] unread)
    {
        var plain = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(plain))
        {
            if (item.ValueKind == JsonValueKind.Object)
            {
                writer.WriteStartObject();
                foreach (var member in item.EnumerateObject().Where(member => !unread.Contains(member.Name)))
                {
                    member.WriteTo(writer);
                }

                writer.WriteEndObject();
            }
            else
            {
                item.WriteTo(writer);
            }
        }

        var canonical = new ArrayBufferWriter<byte>();
        return plain.WrittenCount <= MaxBytes && CanonicalJson.TryCanonicalize(plain.WrittenMemory, canonical) ? Encoding.UTF8.GetString(canonical.WrittenSpan) : null;
    }
}
