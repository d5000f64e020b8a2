namespace Postern.Sandbox.Planning.Elsewhere;

/// <summary>
/// How the same request would be started on Windows: in a job object, as an app container. Data that no code carries out: it was never run.
/// A job holds processes; files and network are held by the container's identity, which nothing on the machine has granted anything.
/// </summary>
public static class WindowsPlan
{
    /// <summary>The steps, in their order.</summary>
    /// <param name="request">What is to be contained; paths as they are on that machine.</param>
    /// <param name="port">The firewall's port on 127.0.0.1.</param>
    /// <exception cref="ContainmentException">A grant is not acceptable.</exception>
    public static IReadOnlyList<WindowsStep> Of(SandboxRequest request, int port)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!OperatingSystem.IsWindows())
        {
            // The same refusals as here; of that system's own paths this knows nothing.
            _ = new Grants(request, isolated: true);
        }

        var workspace = request.Workspace.Length > 0 ? request.Workspace : request.Directory;
        return
        [
            new("CreateAppContainerProfile", "no capabilities", "an identity of its own that may reach nothing: no files of the user's, no network, no registry but its own"),
            .. request.Reads.Select(static path => Grant(path, "GENERIC_READ | GENERIC_EXECUTE")),
            .. request.Writes.Append(workspace).Select(static path => Grant(path, "GENERIC_READ | GENERIC_WRITE | GENERIC_EXECUTE | DELETE")),
            .. request.Data.Select(static path => new WindowsStep("SetNamedSecurityInfo", $"{path}: deny FILE_EXECUTE to the container", "nothing there is executed")),
            .. Network(request, port),
            new("CreateJobObject", "unnamed", "all processes of the command, however they are started"),
            new("SetInformationJobObject", $"JobObjectExtendedLimitInformation: KILL_ON_JOB_CLOSE | DIE_ON_UNHANDLED_EXCEPTION | ACTIVE_PROCESS={SandboxLimits.Processes}; neither BREAKAWAY_OK nor SILENT_BREAKAWAY_OK", "nothing outlives the firewall, nothing leaves the job, no fork bombs"),
            new("SetInformationJobObject", "JobObjectBasicUIRestrictions: HANDLES | READCLIPBOARD | WRITECLIPBOARD | SYSTEMPARAMETERS | DISPLAYSETTINGS | GLOBALATOMS | DESKTOP | EXITWINDOWS", "other programs' windows, the clipboard and the desktop"),
            new("UpdateProcThreadAttribute", "PROC_THREAD_ATTRIBUTE_SECURITY_CAPABILITIES: the container; JOB_LIST: the job; HANDLE_LIST: the three standard handles", "container and job from the first instruction on, and no inherited handle"),
            new("UpdateProcThreadAttribute", "PROC_THREAD_ATTRIBUTE_MITIGATION_POLICY: EXTENSION_POINT_DISABLE | IMAGE_LOAD_NO_REMOTE; CHILD_PROCESS_POLICY: none, the job holds them", "libraries that others inject, and programs from shares"),
            new("CreateProcess", "EXTENDED_STARTUPINFO_PRESENT | CREATE_UNICODE_ENVIRONMENT, with the filtered environment", "the command: " + string.Join(' ', request.Command.Take(1))),
        ];
    }

    private static WindowsStep Grant(string path, string rights) => new("SetNamedSecurityInfo", $"{path}: allow {rights} to the container", "what the command may reach; taken back at its end");

    private static WindowsStep[] Network(SandboxRequest request, int port) => !request.NeedsNetwork ? [] :
    [
        new("NetworkIsolationSetAppContainerConfig", "the container", "loopback, which app containers may not use otherwise"),
        new("FwpmFilterAdd0", $"FWPM_LAYER_ALE_AUTH_CONNECT_V4 and _V6: permit the container TCP to 127.0.0.1:{port}, block it everything else", "the firewall as the only way out; needs an administrator"),
    ];
}
