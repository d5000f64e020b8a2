namespace Postern.Engine.Detection.Tools.Shell;

/// <summary>Functions that a shell text defines and files that it writes with a content that it holds itself: what it may run later.</summary>
internal sealed class WrittenTexts
{
    /// <summary>Functions and files remembered; a text that has more leaves the rest unknown.</summary>
    public const int Max = 32;

    private readonly Dictionary<string, string> _functions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);
    private readonly HashSet<string> _running = new(StringComparer.Ordinal);

    /// <summary>True while there is room for another function.</summary>
    public bool HasRoom => _functions.Count < Max;

    /// <summary>True when the text gives the name another meaning.</summary>
    public bool IsFunction(string name) => _functions.ContainsKey(name);

    public void AddFunction(string name, string body) => _functions[name] = body;

    /// <summary>Remembers what a command with a known output writes into files.</summary>
    public void AddFiles(ShellCommand command)
    {
        if (command.Writes.Count == 0 || ConstantOutput.Printed(command) is not { } text)
        {
            return;
        }

        foreach (var path in command.Writes.Where(path => _files.Count < Max || _files.ContainsKey(path)))
        {
            // Whether it appends or replaces: what was written before may have run.
            _files[path] = _files.TryGetValue(path, out var before) ? before + "\n" + text : text;
        }
    }

    /// <summary>The body of a function that is called with arguments; read without them where it was defined.</summary>
    public string? CalledBy(ShellCommand command) => command.Arguments.Count > 0 ? _functions.GetValueOrDefault(command.Path) : null;

    /// <summary>The file of this text that the command runs; null when it runs none.</summary>
    public string? RunBy(ShellCommand command, string folder)
    {
        if (_files.Count == 0)
        {
            return null;
        }

        var runs = InnerTexts.Shells.Contains(command.Program) || command.Program is "source" or "." || InlineCode.IsInterpreter(command.Program);
        var path = runs ? command.Arguments.Find(static word => !word.Text.StartsWith('-'))?.Text : command.Path;
        return path is null ? null : _files.GetValueOrDefault(PathForm.Of(path, folder));
    }

    /// <summary>Whether the text may be read now; not while it is being read already.</summary>
    public bool TryBegin(string text) => _running.Add(text);

    public void End(string text) => _running.Remove(text);
}
