namespace NanoBragg.Kernels.Files;

/// <summary>Writes a file as a whole or not at all: whoever reads it, and whenever this process is killed, sees the old one or the new one, never a part.</summary>
/// <remarks>The tool compiles this file, too.</remarks>
internal static class AtomicFile
{
    // Far more than a living writer needs between its last byte and the end.
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Writes a file through a temporary one beside it. A link stays a link, and an existing file keeps its mode. A device, such as
    /// <c>/dev/null</c>, is written to as it stands.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="onlyIf">Asked at the last moment; where it says no, nothing is replaced.</param>
    /// <returns>False where <paramref name="onlyIf"/> said no.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be written.</exception>
    public static bool Write(string path, Action<Stream> write, Func<bool>? onlyIf = null)
    {
        var target = Path.GetFullPath(
            new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName);
        if (IsDevice(target) || IsDevice(Path.GetFullPath(path)))
        {
            using var device = new FileStream(path, FileMode.Open, FileAccess.Write);
            write(device);
            return true;
        }

        if (Directory.Exists(target))
        {
            throw new IOException($"{path} is a folder");
        }

        var (folder, prefix) = (Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.");
        RemoveLeftovers(folder, prefix);
        var temporary = Path.Combine(folder, $"{prefix}{Guid.NewGuid():n}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                if (!OperatingSystem.IsWindows() && File.Exists(target))
                {
                    File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(target));
                }

                write(stream);
            }

            if (onlyIf?.Invoke() == false)
            {
                return false;
            }

            File.Move(temporary, target, overwrite: true);
            return true;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    // What writers that were killed have left.
    private static void RemoveLeftovers(string folder, string prefix)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (var leftover in Directory.EnumerateFiles(folder, $"{prefix}*.tmp").Where(file => File.GetLastWriteTimeUtc(file) < DateTime.UtcNow - Abandoned))
        {
            File.Delete(leftover);
        }
    }

    private static bool IsDevice(string path) =>
        path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/dev/shm/", StringComparison.Ordinal);
}
