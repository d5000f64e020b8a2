using Postern.Engine.Configuration;

namespace Postern.Program.Migration;

/// <summary>Takes out of an import what the vocabulary does not accept, one thing after another, and says so; what is left is right.</summary>
internal static class Settlement
{
    /// <summary>More than a file within the bounds of the reader can be wrong in.</summary>
    private const int MaxFaults = 1000;

    /// <summary>Goes on until nothing is wrong.</summary>
    /// <exception cref="ConfigException">What is wrong is nowhere in the file.</exception>
    public static void Reach(ConfigImport import)
    {
        for (var i = 0; i < MaxFaults; i++)
        {
            var read = ConfigReader.Read(DraftText.Of(import.Draft), "import");
            if (read.Errors.Count > 0)
            {
                TakeOut(import, InOne(read.Errors[0].Key), read.Errors[0].Message);
            }
            else if (PolicyCompiler.Compile(read.Config!).Errors.OrderBy(static error => error.StartsWith("agents[", StringComparison.Ordinal)).FirstOrDefault() is { } first)
            {
                // An agent has what is wrong for everybody too; where it comes from, it is put right.
                TakeOutOf(import, InOne(first));
            }
            else
            {
                return;
            }
        }

        throw new ConfigException("too much of this file cannot be written here");
    }

    /// <summary>The compiler begins its sentences with a key, and names the item in quotes.</summary>
    private static void TakeOutOf(ConfigImport import, string sentence)
    {
        var colon = sentence.IndexOf(": ", StringComparison.Ordinal);
        var (key, message) = colon < 0 ? ("", sentence) : (sentence[..colon], sentence[(colon + 2)..]);
        var item = message.StartsWith('\'') ? $"{key}[{message[1..].Split('\'')[0]}]" : key;
        if (import.Draft.Get(item + ".redirect_profile") is { } profile)
        {
            // Without its program a redirect refuses there too.
            import.Draft.Remove(item + ".redirect_profile");
            import.Draft.Set(item + ".action", new DraftNode("block"));
            import.TakeBack(profile.Source.Key);
            import.Say(new KeyFate(profile.Source.Key, profile.Source.Line, Fate.Changed, "", message + "; the call is refused"));
            return;
        }

        TakeOut(import, import.Draft.Get(item) is null ? key : item, message);
    }

    private static string InOne(string key) => key.Replace("policy: ", "policy.", StringComparison.Ordinal);

    private static void TakeOut(ConfigImport import, string key, string why)
    {
        var (path, taken) = import.Draft.Remove(key);
        if (path.Length == 0)
        {
            throw new ConfigException($"{key}: {why}");
        }

        var name = taken.Source.Key.Length > 0 ? taken.Source.Key : path;
        import.TakeBack(name);
        if (!import.Fates.Any(fate => fate.Fate == Fate.NotExpressible && fate.Key.StartsWith(name + ".", StringComparison.Ordinal)))
        {
            import.Say(new KeyFate(name, taken.Source.Line, Fate.NotExpressible, "", why));
        }
    }
}
