using System.IO.Compression;

namespace NanoBragg.Tool.Measurement.Bases;

/// <summary>
/// A base as one small file that can be committed beside the baseline. The same files give the same archive: sorted, without times. Whoever reads one
/// need not trust it: names, counts and sizes are bounded, and the hash that the baseline pins decides.
/// </summary>
internal static class BaseArchive
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "nanobragg.base.zip";

    /// <summary>The largest file that is written or read. Every version of it stays in the history of the repository.</summary>
    public const int MostBytes = 200_000;

    // Tells the tool's own file from anybody else's of that name.
    private const string Mark = "nanobragg base";

    // The earliest that the format can say.
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Packs files.</summary>
    /// <param name="files">The files.</param>
    /// <returns>The archive.</returns>
    /// <exception cref="UserError">It is larger than is good for a repository.</exception>
    public static byte[] Pack(BaseFiles files)
    {
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.Comment = Mark;
            foreach (var (name, bytes) in files.Files)
            {
                var entry = archive.CreateEntry(name, CompressionLevel.SmallestSize);
                entry.LastWriteTime = NoTime;
                entry.ExternalAttributes = 0;
                using var stream = entry.Open();
                stream.Write(bytes);
            }
        }

        return packed.Length <= MostBytes ? packed.ToArray() : throw new UserError(FormattableString.Invariant(
            $"the base is {packed.Length / 1000} kB packed ({string.Join(", ", files.Files.OrderByDescending(file => file.Value.Length).Take(3).Select(file => file.Key))} are the largest of it), and beside a baseline at most {MostBytes / 1000} kB are kept; keep it on this machine with --keep-base cache, or publish a package and use --base-package"));
    }

    /// <summary>Tells whether this tool wrote a file, or nobody did.</summary>
    /// <param name="path">The file; it need not exist.</param>
    /// <returns>Whether it may be replaced.</returns>
    public static bool IsOwn(string path)
    {
        try
        {
            using var archive = Open(path);
            return archive.Comment == Mark;
        }
        catch (FileNotFoundException)
        {
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Unpacks a file into memory.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The files.</returns>
    /// <exception cref="InvalidDataException">It is no archive, or not of the kind that <see cref="Pack"/> makes.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static BaseFiles Unpack(string path)
    {
        using var archive = Open(path);
        return BaseFiles.Of(archive.Entries.Select(entry => (entry.FullName, (Func<Stream>)entry.Open)));
    }

    private static ZipArchive Open(string path)
    {
        using var file = File.OpenRead(path);
        if (!file.CanSeek || file.Length > MostBytes)
        {
            throw new InvalidDataException($"it has more than {MostBytes / 1000} kB");
        }

        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
    }
}
