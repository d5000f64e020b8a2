using System.Text;
using System.Text.Json;
using Postern.Engine.Detection.Tools.Shell;

namespace Postern.Engine.Detection.Tools;

/// <summary>
/// An object of a call that spells one command over several members: the program here, its words there, its variables in a third.
/// Judged apart, none of them does anything.
/// </summary>
/// <param name="Text">The command as a line of a shell; empty when the object holds none.</param>
/// <param name="Name">The member that names what runs.</param>
internal readonly record struct CommandObject(string Text, string Name)
{
    /// <summary>Reads the members; what stands in none of them is for others to read.</summary>
    public static CommandObject Of(JsonElement value)
    {
        JsonProperty? program = null, words = null, variables = null;
        foreach (var member in value.EnumerateObject())
        {
            if (program is null && ToolWords.IsProgram(member.Name) && Line(member.Value) is not null)
            {
                program = member;
            }
            else if (ToolWords.IsArguments(member.Name) && Line(member.Value) is not null)
            {
                words = member;
            }
            else if (ToolWords.IsEnvironment(member.Name))
            {
                variables = member;
            }
        }

        var prefix = variables is { } set ? Assignments(set.Value) : "";
        return (program, words, prefix) switch
        {
            ({ } named, { } given, _) => new(prefix + Line(named.Value) + " " + Line(given.Value), named.Name),
            ({ } named, null, { Length: > 0 }) => new(prefix + Line(named.Value), named.Name),
            (null, _, { Length: > 0 }) => new(prefix, variables!.Value.Name),
            _ => default,
        };
    }

    /// <summary>A text as it stands, a list as the words of one command; null for anything else. A list of one is a line, not a word.</summary>
    public static string? Line(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Array when value.GetArrayLength() == 1 => Line(value[0]),
        JsonValueKind.Array when value.EnumerateArray().All(IsScalar) => string.Join(' ', value.EnumerateArray().Select(item => Quoted(Scalar(item)))),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    /// <summary>The items of a list as lines of their own.</summary>
    public static string Lines(JsonElement list) => string.Join('\n', list.EnumerateArray().Select(Scalar));

    /// <summary>A word that a shell takes as it stands.</summary>
    public static string Quoted(string word) => "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    private static bool IsScalar(JsonElement value) => value.ValueKind is not JsonValueKind.Array and not JsonValueKind.Object;

    private static string Scalar(JsonElement scalar) => scalar.ValueKind == JsonValueKind.String ? scalar.GetString()! : scalar.GetRawText();

    /// <summary><c>{"A":"b"}</c> or <c>["A=b"]</c>, as it stands in front of a command.</summary>
    private static string Assignments(JsonElement value)
    {
        var given = value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().Where(static member => IsScalar(member.Value)).Select(static member => member.Name + "=" + Scalar(member.Value)),
            JsonValueKind.Array => value.EnumerateArray().Where(IsScalar).Select(Scalar),
            _ => [],
        };
        var text = new StringBuilder();
        foreach (var word in given)
        {
            if (CommandWords.TryAssignment(word, out var assignment))
            {
                text.Append(assignment.Name).Append('=').Append(Quoted(assignment.Value)).Append(' ');
            }
        }

        // Once as a line of its own: a shell that gets them from outside expands them in the command.
        return text.Length == 0 ? "" : $"{text}\n{text}";
    }
}
