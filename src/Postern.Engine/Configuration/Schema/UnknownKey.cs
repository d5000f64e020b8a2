namespace Postern.Engine.Configuration.Schema;

/// <summary>What to say about a key that the schema does not have.</summary>
internal static class UnknownKey
{
    public static string Explain(SectionSchema schema, string path, string key)
    {
        var full = path.Length == 0 ? key : $"{WithoutIndexes(path)}.{key}";
        if (RetiredKeys.Find(full) is { } advice)
        {
            return advice;
        }

        var keys = schema.Settings.Select(setting => setting.Key).ToArray();
        return Nearest.Find(key, keys) is { } nearest
            ? $"unknown key; did you mean '{nearest}'?"
            : $"unknown key{ElsewhereHint(key, path)}; known here: {string.Join(", ", keys)}";
    }

    /// <summary>A right key in the wrong place is the other common mistake, mostly one of indentation.</summary>
    private static string ElsewhereHint(string key, string path)
    {
        foreach (var known in ConfigKeys.All)
        {
            if (known.Setting.Key == key && known.Parent != WithoutIndexes(path))
            {
                return known.Parent.Length == 0 ? " here; it belongs to the top level" : $" here; it belongs under '{known.Parent}'";
            }
        }

        return "";
    }

    private static string WithoutIndexes(string path)
    {
        var open = path.IndexOf('[', StringComparison.Ordinal);
        if (open < 0)
        {
            return path;
        }

        var close = path.IndexOf(']', open);
        return path[..open] + "[]" + path[(close + 1)..];
    }
}
