namespace Postern.Engine.Detection.Tools.Shell;

/// <summary>Values of variables that the text itself sets, and the few whose value every shell agrees on.</summary>
internal sealed class ShellVariables
{
    /// <summary>Variables remembered; a text that sets more leaves the rest unknown.</summary>
    private const int Max = 128;

    /// <summary>Name of the list of the shell's own parameters; <c>$0</c> is its first item.</summary>
    public const string Parameters = "@";

    private readonly Dictionary<string, ShellWord[]> _lists = new(StringComparer.Ordinal);

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal)
    {
        ["HOME"] = "~",
        ["IFS"] = " ",
        ["SHELL"] = "/bin/bash",
        ["BASH"] = "/bin/bash",
        ["PWD"] = ".",
        ["OLDPWD"] = ".",
        ["UID"] = "1000",
    };

    /// <summary>The value, or null when it is only known at run time.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>The items of an array or of the parameters, or the values that a loop gives; null when there are none.</summary>
    public ShellWord[]? List(string name) => _lists.GetValueOrDefault(name);

    /// <summary>Sets an array, the values of a loop or the parameters; null forgets them.</summary>
    public void SetList(string name, ShellWord[]? items)
    {
        Set(name, items is [var first, ..] && name != Parameters && !first.Open ? first.Text : null);
        if (items is not null && _lists.Count < Max)
        {
            _lists[name] = items;
        }
    }

    public void Set(string name, string? value)
    {
        _lists.Remove(name);
        if (value is null)
        {
            _values.Remove(name);
        }
        else if (_values.Count < Max || _values.ContainsKey(name))
        {
            _values[name] = value;
        }
    }

    public void Append(string name, string value) => Set(name, (this[name] ?? "") + value);
}
