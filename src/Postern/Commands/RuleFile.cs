using Postern.Engine.Detection.Rules;

namespace Postern.Program.Commands;

/// <summary>A rule file as it is read for testing: nothing of it is put in force.</summary>
internal static class RuleFile
{
    /// <summary>Compiles a file; its examples and counter-examples are tried while it is.</summary>
    /// <exception cref="ConfigException">It cannot be read.</exception>
    public static RuleCompilation Compile(string path)
    {
        try
        {
            return RuleCompiler.Compile(File.ReadAllText(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigException($"{path}: cannot be read: {e.Message}");
        }
    }

    /// <summary>Prints what was found and says how it ended.</summary>
    public static int Report(string good, IReadOnlyList<string> complaints, bool asJson)
    {
        if (asJson)
        {
            Json.PrintObject(writer =>
            {
                writer.WriteBoolean("ok", complaints.Count == 0);
                writer.WriteTexts("errors", complaints);
            });
        }
        else
        {
            foreach (var complaint in complaints)
            {
                Console.Out.WriteLine(Terminal.Red(complaint));
            }

            if (complaints.Count == 0)
            {
                Console.Out.WriteLine(good);
            }
        }

        return complaints.Count == 0 ? ExitCodes.Ok : ExitCodes.Finding;
    }
}
