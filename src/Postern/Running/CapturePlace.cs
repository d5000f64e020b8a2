using Postern.Engine.Capturing;
using Postern.Engine.Configuration.Sections;
using Postern.Transports.Capturing;

namespace Postern.Program.Running;

/// <summary>Finds whom captures are sealed to, and where they go.</summary>
internal static class CapturePlace
{
    private const long Mebibyte = 1024 * 1024;

    /// <summary>What takes captures; null when the configuration names no key.</summary>
    /// <param name="section">The configuration.</param>
    /// <param name="home">Where captures go that have no place of their own.</param>
    /// <param name="time">The clock.</param>
    /// <param name="note">Is told of gaps.</param>
    /// <exception cref="ConfigException">The key cannot be read or is not a public one, or the directory cannot be made.</exception>
    public static CaptureRecorder? Open(CaptureSection section, Home home, TimeProvider time, Action<string> note)
    {
        if (section.EscrowPublicKey.Length == 0)
        {
            return null;
        }

        var directory = section.Dir.Length > 0 ? section.Dir : home.Captures;
        var options = new CaptureOptions(directory, new CaptureTerms(section.MaxMessageBytes, section.Raw), section.MaxFileMb * Mebibyte, section.MaxTotalMb * Mebibyte);
        var key = EscrowKeyFile.Read(section.EscrowPublicKey, "capture.escrow_public_key", EscrowKey.ReadPublic);
        try
        {
            return new CaptureRecorder(options, key, time, note);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            key.Dispose();
            throw new ConfigException($"capture.dir: {directory} cannot be made: {e.Message}");
        }
    }
}
