namespace Postern.Engine.Detection.Tools.Shell;

/// <summary>Values of variables that the text itself sets, and the few whose value every shell agrees on.</summary>
internal sealed class ShellVariables
{
    /// <summary>Variables remembered; a text that sets more leaves the rest unknown.</summary>
    private const int Max = 128;

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

    public void Set(string name, string? value)
    {
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
