using System.Diagnostics;
using System.Globalization;

namespace NanoBragg.Tool.Measurement;

/// <summary>
/// The temporary folder through which the tool and one worker talk. Its name holds the tool's process id, so that a folder whose tool and worker
/// were killed together, as a cancelled build does, is told from one in use and deleted by the next that measures.
/// </summary>
internal sealed class WorkerFolder : IDisposable
{
    private const string Prefix = "nanobragg-worker-";

    private WorkerFolder(string path) => Path = path;

    /// <summary>Gets the full path.</summary>
    public string Path { get; }

    /// <summary>Makes a folder, after deleting those that nobody is left to delete.</summary>
    /// <returns>The folder, empty.</returns>
    public static WorkerFolder Create()
    {
        DeleteAbandoned();
        return new(Directory.CreateTempSubdirectory(string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-")).FullName);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static void DeleteAbandoned()
    {
        foreach (var folder in Directory.EnumerateDirectories(System.IO.Path.GetTempPath(), Prefix + "*"))
        {
            var id = System.IO.Path.GetFileName(folder)[Prefix.Length..].Split('-')[0];
            if (int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var process) && !IsRunning(process))
            {
                try
                {
                    Directory.Delete(folder, recursive: true);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    // Another measurement deletes it in this moment, or it is another user's.
                }
            }
        }
    }

    private static bool IsRunning(int id)
    {
        try
        {
            Process.GetProcessById(id).Dispose();
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
