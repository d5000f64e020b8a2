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
    private readonly ShellCommand _own = new();
    private readonly List<ToolCommand> _found = [];

    private ToolCallReader(string tool)
    {
        _isShell = ToolWords.IsShell(tool);
        _isWriting = ToolWords.IsWriting(tool);
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
                foreach (var member in value.EnumerateObject())
                {
                    Walk(member.Value, member.Name, where + "." + member.Name);
                }

                break;
            case JsonValueKind.Array when IsCommandList(value, name):
                AddText(string.Join(' ', value.EnumerateArray().Select(e => Quoted(e.GetString()!))), where);
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

    /// <summary>A program with its words, as <c>["rm", "-rf", "/"]</c>.</summary>
    private bool IsCommandList(JsonElement list, string name) =>
        (_isShell || ToolWords.IsCommand(name)) && list.GetArrayLength() > 0 && list.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String);

    private void Leaf(string text, string name, string where)
    {
        if (ToolWords.IsComment(name))
        {
            return;
        }

        var isCommand = ToolWords.IsCommand(name);
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

    private static string Quoted(string word) => "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
