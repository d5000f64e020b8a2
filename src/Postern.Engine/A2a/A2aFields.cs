using System.Text.Json;

namespace Postern.Engine.A2a;

/// <summary>The fields of A2A whose meaning is more than their text.</summary>
internal static class A2aFields
{
    /// <summary>Names the conversation.</summary>
    public const string Context = "contextId";

    /// <summary>The names and texts of all text fields, but for those that belong to applications and not to A2A.</summary>
    public static IEnumerable<(string Name, string Text)> In(JsonElement value)
    {
        var open = new Stack<JsonElement>([value]);
        while (open.TryPop(out var next))
        {
            if (next.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in next.EnumerateArray())
                {
                    open.Push(item);
                }
            }
            else if (next.ValueKind == JsonValueKind.Object)
            {
                foreach (var member in next.EnumerateObject())
                {
                    if (member.Value.ValueKind == JsonValueKind.String)
                    {
                        yield return (member.Name, member.Value.GetString()!);
                    }
                    else if (member.Name is not ("data" or "metadata"))
                    {
                        open.Push(member.Value);
                    }
                }
            }
        }
    }

    /// <summary>True for a field that holds where the other agent will go: a file's place, or where news are pushed to.</summary>
    public static bool IsAddress(string name) => name is "url" or "uri";

    /// <summary>Where a card sends messages: up to 0.3 at its root and in <c>additionalInterfaces</c>, from 1.0 on in <c>supportedInterfaces</c>.</summary>
    public static IEnumerable<string> InterfacesOf(JsonElement card)
    {
        if (card.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        foreach (var member in card.EnumerateObject())
        {
            if (IsAddress(member.Name) && member.Value.ValueKind == JsonValueKind.String)
            {
                yield return member.Value.GetString()!;
            }
            else if (member.Name is "additionalInterfaces" or "supportedInterfaces")
            {
                foreach (var (name, text) in In(member.Value))
                {
                    if (IsAddress(name))
                    {
                        yield return text;
                    }
                }
            }
        }
    }
}
