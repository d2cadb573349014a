using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Measurement.Bases;

namespace NanoBragg.Tool.Baselines;

/// <summary>
/// The base that a baseline pins, found beside it or in the cache of this machine, every file of it held against the pinned hash; or why it was not found.
/// What was unpacked for it is gone when this is disposed of.
/// </summary>
internal sealed class FrozenBase : IDisposable
{
    // Without their paths: what is said here ends up in reports.
    private const string Beside = $"{BaseArchive.FileName} beside the baseline";
    private const string Cached = "the copy in the cache of this machine";

    private string? _temporary;

    private FrozenBase()
    {
    }

    /// <summary>Gets the full path of the assembly, or null where it was not found.</summary>
    public string? AssemblyPath { get; private init; }

    /// <summary>Gets why there is none; null where there is one.</summary>
    public string? Absence { get; private init; }

    /// <summary>Finds the base of a baseline.</summary>
    /// <param name="baseline">The baseline.</param>
    /// <param name="assemblyPath">The assembly under test, which must have the base's name.</param>
    /// <param name="progress">Is told of a copy that was found and is not what the baseline pins.</param>
    /// <returns>The base, or why there is none.</returns>
    public static FrozenBase Find(BaselineFile baseline, string assemblyPath, IProgress<string> progress)
    {
        if (baseline.Content.Base is not { } pin)
        {
            return new() { Absence = "the baseline keeps no base" };
        }

        if (!string.Equals(pin.Assembly, Path.GetFileName(assemblyPath), StringComparison.OrdinalIgnoreCase))
        {
            return new() { Absence = $"the baseline's base is {pin.Assembly}, and {Path.GetFileName(assemblyPath)} was measured" };
        }

        var beside = ArchivePath(baseline.Path);
        var (packed, problem) = File.Exists(beside) ? Check(pin, Beside, () => BaseArchive.Unpack(beside)) : default;
        if (packed is not null)
        {
            return Unpacked(pin, packed);
        }

        var bases = CacheFolder.Path is { } cache ? new BaseCache(cache) : null;
        if (bases?.FolderOf(pin.Sha256) is { } kept && Directory.Exists(kept))
        {
            var (found, damage) = Check(pin, Cached, () => BaseFiles.OfFolder(kept));
            if (found is not null)
            {
                if (problem is not null)
                {
                    progress.Report(problem);
                }

                bases.Use(pin.Sha256);
                return new() { AssemblyPath = Path.Combine(kept, pin.Assembly) };
            }

            problem = problem is null ? damage : $"{problem}; {damage}";
        }

        return new() { Absence = problem ?? $"the base {pin.Assembly} {pin.Version} is neither beside the baseline nor in the cache of this machine" };
    }

    /// <summary>Finds the files of a pinned base, wherever a whole copy of them is.</summary>
    /// <param name="pin">The base.</param>
    /// <param name="baselinePath">The baseline.</param>
    /// <returns>The files, or null.</returns>
    public static BaseFiles? FilesOf(PinnedBase pin, string baselinePath)
    {
        var beside = ArchivePath(baselinePath);
        return (File.Exists(beside) ? Check(pin, Beside, () => BaseArchive.Unpack(beside)).Files : null)
            ?? (CacheFolder.Path is { } cache && new BaseCache(cache).FolderOf(pin.Sha256) is var kept && Directory.Exists(kept) ? Check(pin, Cached, () => BaseFiles.OfFolder(kept)).Files : null);
    }

    /// <summary>Gives the place of the file that can be committed.</summary>
    /// <param name="baselinePath">The baseline.</param>
    /// <returns>The path; there need not be a file.</returns>
    public static string ArchivePath(string baselinePath) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(baselinePath))!, BaseArchive.FileName);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _temporary, null) is not { } folder)
        {
            return;
        }

        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Left to the system's cleaning of temporary files.
        }
    }

    private static FrozenBase Unpacked(PinnedBase pin, BaseFiles files)
    {
        var folder = Directory.CreateTempSubdirectory("nanobragg-base-").FullName;
        var found = new FrozenBase { _temporary = folder, AssemblyPath = Path.Combine(folder, pin.Assembly) };
        try
        {
            files.WriteTo(folder);
            return found;
        }
        catch
        {
            found.Dispose();
            throw;
        }
    }

    private static (BaseFiles? Files, string? Problem) Check(PinnedBase pin, string where, Func<BaseFiles> read)
    {
        try
        {
            var files = read();
            return files.Sha256 == pin.Sha256 && files.Files.Any(file => file.Key == pin.Assembly)
                ? (files, null)
                : (null, $"{where} is not the base that the baseline pins and was not loaded: its hash is {files.Sha256[..12]}…, not {pin.Sha256[..12]}…");
        }
        catch (InvalidDataException e)
        {
            return (null, $"{where} is not the base that the baseline pins and was not loaded: {e.Message.TrimEnd('.')}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, $"{where} cannot be read");
        }
    }
}
