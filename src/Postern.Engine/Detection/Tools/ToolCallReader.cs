using System.Text.Json;
using Postern.Engine.Detection.Tools.Shell;

namespace Postern.Engine.Detection.Tools;

/// <summary>
/// Reads the arguments of a call into commands: a shell's command line as what it would start, any other tool as one command of
/// its own name, with its texts as words and its paths as files read or written.
/// </summary>
internal sealed class ToolCallReader
{
    private readonly bool _isShell;
    private readonly bool _isWriting;
    private readonly bool _isEvaluator;
    private readonly ShellCommand _own = new();
    private readonly List<ToolCommand> _found = [];
    private string? _language;

    private ToolCallReader(string tool)
    {
        _isShell = ToolWords.IsShell(tool);
        _isWriting = ToolWords.IsWriting(tool);
        _language = ToolWords.Language(tool);
        _isEvaluator = _language is not null || ToolWords.IsEvaluator(tool);
        CommandWords.SetProgram(_own, new ShellWord(tool, false));
    }

    /// <summary>Everything the call would run or touch, with the argument that says so.</summary>
    /// <param name="tool">The tool's name.</param>
    /// <param name="arguments">Its arguments; anything but an object has no names.</param>
    public static List<ToolCommand> Read(string tool, JsonElement arguments)
    {
        var reader = new ToolCallReader(tool);
        reader.Walk(arguments, "", "args$");
        if (reader._own.Arguments.Count > 0 || reader._own.Input is not null)
        {
            reader.AddOwn();
        }

        return reader._found;
    }

    private void Walk(JsonElement value, string name, string where)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                Members(value, where);
                break;
            case JsonValueKind.Array when IsCommandList(value, name):
                Commands(value, name, where);
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    Walk(item, name, $"{where}[{index++}]");
                }

                break;
            case JsonValueKind.String:
                Leaf(value.GetString()!, name, where);
                break;
        }
    }

    private void Members(JsonElement value, string where)
    {
        var outer = _language;
        _language = value.EnumerateObject().Where(static m => m.Name is "language" or "lang" or "runtime" && m.Value.ValueKind == JsonValueKind.String)
            .Select(static m => m.Value.GetString()!).Select(static v => ToolWords.Language(v) ?? (ToolWords.IsShell(v) ? "bash" : null)).FirstOrDefault(static found => found is not null) ?? outer;
        var joined = CommandObject.Of(value);
        if (joined.Text?.Length > 0)
        {
            AddText(joined.Text, where + "." + joined.Name);
        }

        foreach (var member in value.EnumerateObject().Where(m => !IsJoined(m.Name, joined.Name)))
        {
            Walk(member.Value, member.Name, where + "." + member.Name);
        }

        _language = outer;
    }

    /// <summary>True for a member that was read with the command; the words of a tool that is no shell may be its own, too.</summary>
    private bool IsJoined(string member, string? joined) =>
        joined is not null && (member == joined || ToolWords.IsEnvironment(member) || (_isShell && ToolWords.IsArguments(member)));

    /// <summary>A program with its words, as <c>["rm", "-rf", "/"]</c>, or lines, as <c>["cd /tmp", "ls"]</c>.</summary>
    private bool IsCommandList(JsonElement list, string name) =>
        (_isShell || ToolWords.IsCommand(name)) && !ToolWords.IsComment(name) && list.GetArrayLength() > 0 && CommandObject.Line(list) is not null;

    private void Commands(JsonElement list, string name, string where)
    {
        var first = list[0].ValueKind == JsonValueKind.String ? list[0].GetString()! : "";
        var isLines = first.AsSpan().Trim().IndexOfAny(" \t\n") >= 0;
        if (!isLines)
        {
            AddText(CommandObject.Line(list)!, where);
        }

        if (isLines || (name.EndsWith('s') && !ToolWords.IsArguments(name) && list.GetArrayLength() > 1))
        {
            AddText(CommandObject.Lines(list), where);
        }
    }

    private void Leaf(string text, string name, string where)
    {
        if (ToolWords.IsComment(name))
        {
            return;
        }

        var isCommand = ToolWords.IsCommand(name);
        if (_isEvaluator && (ToolWords.IsCode(name) || (_language is not null && (isCommand || name is "input" or ""))))
        {
            AddText($"{_language ?? "python"} -c {CommandObject.Quoted(text)}", where);
            if (_language is not null)
            {
                return;
            }
        }

        if (_isShell || isCommand)
        {
            AddText(text, where);
        }

        if (isCommand)
        {
            return;
        }

        if (ToolWords.IsContent(name))
        {
            _own.Input = text;
            return;
        }

        _own.Arguments.Add(new ShellWord(text, false));
        if (text.Length is 0 or > MaxPath || text.Contains('\n', StringComparison.Ordinal))
        {
            return;
        }

        var path = PathForm.Of(FileUrl.PathIn(text), "");
        if (_isWriting || ToolWords.IsTarget(name))
        {
            _own.Writes.Add(path);
        }
        else
        {
            _own.Reads.Add(path);
        }
    }

    /// <summary>Longer texts are no paths.</summary>
    private const int MaxPath = 4096;

    private void AddText(string text, string where) => _found.Add(new ToolCommand(where, ShellReader.Read(text)));

    private void AddOwn()
    {
        var script = new ShellScript();
        script.Add(_own);
        _found.Add(new ToolCommand("args$", script) { IsOwn = true });
    }
}
