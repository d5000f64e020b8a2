using System.Text;

namespace Postern.Program.Pins;

/// <summary>The files that a command line runs: the program, what an interpreter is given to run, and the interpreter that a script names.</summary>
internal static class ServerFiles
{
    private const int MaxShebang = 256;

    private static readonly string[] s_interpreters = ["python", "node", "bun", "deno", "ruby", "perl", "bash", "sh", "dash", "zsh", "php", "java", "dotnet"];

    /// <summary>Whole paths without links, each once.</summary>
    /// <exception cref="FileNotFoundException">A program is not there.</exception>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> command)
    {
        var files = new List<string>();
        Add(command, files, depth: 0);
        return files;
    }

    private static void Add(IReadOnlyList<string> command, List<string> files, int depth)
    {
        const int MaxDepth = 4;
        if (command.Count == 0 || depth > MaxDepth)
        {
            throw new InvalidDataException("the command names no program that can be found");
        }

        var program = Resolve(command[0]);
        files.AddRange(files.Contains(program) ? [] : [program]);
        var name = Path.GetFileName(command[0]);
        if (name == "env")
        {
            Add([.. command.Skip(1).SkipWhile(static word => word.StartsWith('-') || word.Contains('=', StringComparison.Ordinal))], files, depth + 1);
        }
        else if (IsInterpreter(name))
        {
            if (command.Skip(1).FirstOrDefault(static word => !word.StartsWith('-')) is { } script && File.Exists(script))
            {
                files.Add(Real(script));
            }
        }
        else if (Shebang(program) is { Length: > 0 } line)
        {
            Add([.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)], files, depth + 1);
        }
    }

    private static bool IsInterpreter(string name) => Array.Exists(s_interpreters, known => name.StartsWith(known, StringComparison.Ordinal) && name.Skip(known.Length).All(static c => char.IsAsciiDigit(c) || c == '.'));

    private static string Resolve(string program)
    {
        if (program.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            return Real(program);
        }

        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Where(static folder => folder.Length > 0).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
        return Real(found ?? throw new FileNotFoundException($"{program} is not in PATH"));
    }

    private static string Real(string path)
    {
        var whole = Path.GetFullPath(path);
        return File.ResolveLinkTarget(whole, returnFinalTarget: true)?.FullName ?? whole;
    }

    private static string Shebang(string program)
    {
        using var stream = File.OpenRead(program);
        var begin = new byte[MaxShebang];
        var length = stream.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false);
        var text = Encoding.Latin1.GetString(begin, 0, length);
        return text.StartsWith("#!", StringComparison.Ordinal) ? text[2..].Split('\n')[0].Trim() : "";
    }
}
