namespace NanoBragg.Tool.Measurement.Bases;

/// <summary>
/// The bases that this machine has kept: <c>bases/HASH/</c> in the cache folder. A folder appears whole or not at all, two may write the same one at
/// once, and what is read is held against its hash each time.
/// </summary>
/// <param name="cacheFolder">The cache folder; it need not exist.</param>
internal sealed class BaseCache(string cacheFolder)
{
    /// <summary>How many are kept: those that were used last.</summary>
    public const int Most = 64;

    private const string TemporaryPrefix = ".new-";

    private string Bases => Path.Combine(cacheFolder, "bases");

    /// <summary>Gets where a base is kept, if it is.</summary>
    /// <param name="sha256">Its hash.</param>
    /// <returns>The folder, which need not exist.</returns>
    public string FolderOf(string sha256) => Path.Combine(Bases, sha256);

    /// <summary>Notes that a base is used, so that it is kept longer than others.</summary>
    /// <param name="sha256">Its hash.</param>
    public void Use(string sha256)
    {
        try
        {
            Directory.SetLastWriteTimeUtc(FolderOf(sha256), DateTime.UtcNow);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is not there, or belongs to somebody else, who decides how long it is kept.
        }
    }

    /// <summary>Keeps files.</summary>
    /// <param name="files">The files.</param>
    /// <exception cref="IOException">They cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">They may not be written.</exception>
    public void Store(BaseFiles files)
    {
        var target = FolderOf(files.Sha256);
        if (IsWhole(target, files.Sha256))
        {
            Use(files.Sha256);
            return;
        }

        Directory.CreateDirectory(Bases);
        RemoveLeftovers();
        RemoveOldest();
        var fresh = Path.Combine(Bases, $"{TemporaryPrefix}{Guid.NewGuid():n}");
        Directory.CreateDirectory(fresh);
        try
        {
            files.WriteTo(fresh);
            if (Directory.Exists(target) && !IsWhole(target, files.Sha256))
            {
                // A damaged copy goes out of the way, because a folder cannot replace another. A whole one that somebody kept meanwhile may be in use.
                Directory.Move(target, Path.Combine(Bases, $"{TemporaryPrefix}{Guid.NewGuid():n}"));
            }

            Directory.Move(fresh, target);
        }
        catch (IOException) when (IsWhole(target, files.Sha256))
        {
            // Somebody else kept the same files in this moment.
        }
        finally
        {
            if (Directory.Exists(fresh))
            {
                Directory.Delete(fresh, recursive: true);
            }
        }
    }

    // One is about to come.
    private void RemoveOldest()
    {
        foreach (var old in new DirectoryInfo(Bases).GetDirectories().Where(folder => !folder.Name.StartsWith('.')).OrderByDescending(folder => folder.LastWriteTimeUtc).Skip(Most - 1))
        {
            Remove(old.FullName);
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another removes it in this moment.
        }
    }

    private static bool IsWhole(string folder, string sha256)
    {
        try
        {
            return Directory.Exists(folder) && BaseFiles.OfFolder(folder).Sha256 == sha256;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Removes what writers that were killed have left, and damaged copies; an hour is far more than a living writer needs.</summary>
    private void RemoveLeftovers()
    {
        foreach (var leftover in Directory.EnumerateDirectories(Bases, TemporaryPrefix + "*").Where(folder => Directory.GetLastWriteTimeUtc(folder) < DateTime.UtcNow.AddHours(-1)))
        {
            Remove(leftover);
        }
    }
}
