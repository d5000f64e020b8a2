namespace Postern.Bench.Proxy;

/// <summary>The program as the build left it.</summary>
internal static class BuiltProgram
{
    /// <summary>The assembly to run; <c>POSTERN_PROGRAM</c> names another one.</summary>
    public static string Path => Environment.GetEnvironmentVariable("POSTERN_PROGRAM") ?? Find();

    private static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var program = System.IO.Path.Combine(at.FullName, "src/Postern/bin/Release/net10.0/postern.dll");
            if (File.Exists(program))
            {
                return program;
            }
        }

        throw new FileNotFoundException("Build src/Postern in Release first, or name postern.dll in POSTERN_PROGRAM.");
    }
}
