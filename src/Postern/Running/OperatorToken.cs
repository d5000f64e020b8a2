using System.Security.Cryptography;
using Postern.Engine.Configuration;

namespace Postern.Program.Running;

/// <summary>The operator's token in Postern's home, for those who name none in the configuration.</summary>
internal static class OperatorToken
{
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// <summary>232 bits.</summary>
    private const int Characters = 40;

    /// <summary>The token; made when there is none.</summary>
    public static SecretText LoadOrCreate(Home home) => TryLoad(home) ?? Create(home);

    /// <summary>The token; null when none was made yet.</summary>
    /// <exception cref="ConfigException">It is there and cannot be read.</exception>
    public static SecretText? TryLoad(Home home)
    {
        try
        {
            return File.ReadAllText(home.ControlToken).Trim() is { Length: > 0 } text ? new SecretText(text) : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigException($"{home.ControlToken}: cannot be read: {e.Message}");
        }
    }

    private static SecretText Create(Home home)
    {
        var text = RandomNumberGenerator.GetString(Alphabet, Characters);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new StreamWriter(home.ControlToken, options);
        file.WriteLine(text);
        return new SecretText(text);
    }
}
