namespace NanoBragg.Tool.Baselines;

/// <summary>Replaces a file as a whole: whoever reads it, and whenever this process is killed, sees the old file or the new one.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a file through a temporary one beside it.</summary>
    /// <param name="path">The file, or a link to it; a link stays a link. An existing file keeps its mode.</param>
    /// <param name="bytes">What it shall hold.</param>
    /// <param name="onlyIf">Asked at the last moment; where it says no, nothing is replaced.</param>
    /// <exception cref="FileChangedException"><paramref name="onlyIf"/> said no.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes, Func<bool>? onlyIf = null)
    {
        var target = Path.GetFullPath(new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName);
        var folder = Path.GetDirectoryName(target)!;
        var prefix = $".{Path.GetFileName(target)}.";
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

                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }

            if (onlyIf?.Invoke() == false)
            {
                throw new FileChangedException();
            }

            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Removes what writers that were killed have left; a minute is far more than a living one needs.</summary>
    private static void RemoveLeftovers(string folder, string prefix)
    {
        foreach (var leftover in Directory.EnumerateFiles(folder, $"{prefix}*.tmp").Where(file => File.GetLastWriteTimeUtc(file) < DateTime.UtcNow.AddMinutes(-1)))
        {
            File.Delete(leftover);
        }
    }
}

/// <summary>A file is not what it was when it was read.</summary>
internal sealed class FileChangedException : Exception;
