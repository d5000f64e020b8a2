namespace Postern.Program.Containing;

/// <summary>What was chosen and done, kept in a file that is written anew after each step: a run that is killed can be rolled back.</summary>
internal sealed class ContainRecord
{
    private readonly List<string> _done = [];

    /// <summary>A record of nothing.</summary>
    public ContainRecord(ContainChoices choices) => Choices = choices;

    /// <summary>Who is who.</summary>
    public ContainChoices Choices { get; private init; }

    /// <summary>The steps that were done and not undone, in order.</summary>
    public IReadOnlyList<string> Done => _done;

    /// <summary>The record below a root.</summary>
    /// <exception cref="ConfigException">There is none, or it cannot be read.</exception>
    public static ContainRecord Load(string root)
    {
        var path = new ContainChoices("", "", "") { Root = root }.Record;
        try
        {
            var lines = File.ReadAllLines(path);
            var words = lines.TakeWhile(static line => line.Length > 0).Select(static line => line.Split(' ', 2)).ToDictionary(static pair => pair[0], static pair => pair[1]);
            var choices = new ContainChoices(words["operator"], words["proxy"], words["agent"]) { Port = int.Parse(words["port"], null), Preset = words["preset"], Root = root };
            var record = new ContainRecord(choices);
            record._done.AddRange(lines.SkipWhile(static line => line.Length > 0).Skip(1));
            return record;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or KeyNotFoundException or FormatException or IndexOutOfRangeException)
        {
            throw new ConfigException(e is FileNotFoundException or DirectoryNotFoundException ? "nothing is installed here: there is no " + path : $"{path}: {e.Message}");
        }
    }

    /// <summary>Notes that a step was done.</summary>
    public void Add(string step)
    {
        _done.Add(step);
        Save();
    }

    /// <summary>Notes that a step was undone.</summary>
    public void Remove(string step)
    {
        _done.Remove(step);
        Save();
    }

    private void Save()
    {
        if (_done.Count == 0)
        {
            File.Delete(Choices.Record);
            return;
        }

        Directory.CreateDirectory(Choices.Settings);
        string[] head = [$"operator {Choices.Operator}", $"proxy {Choices.Proxy}", $"agent {Choices.Agent}", $"port {Choices.Port}", $"preset {Choices.Preset}", ""];
        File.WriteAllLines(Choices.Record + ".new", [.. head, .. _done]);
        File.Move(Choices.Record + ".new", Choices.Record, overwrite: true);
    }
}
