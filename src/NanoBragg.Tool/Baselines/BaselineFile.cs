using System.Text;
using System.Text.Unicode;
using NanoBragg.Kernels.Files;

namespace NanoBragg.Tool.Baselines;

/// <summary>A baseline and the file that it was read from: what it says, and where.</summary>
internal sealed class BaselineFile
{
    /// <summary>The largest file that is read; a baseline is kilobytes, and it may come from a stranger's pull request.</summary>
    public const long MaxBytes = 1 << 20;

    private readonly byte[]? _bytes;

    private BaselineFile(string path, byte[]? bytes, Baseline content, JsonPositions positions)
    {
        Path = path;
        _bytes = bytes;
        Content = content;
        Positions = positions;
    }

    /// <summary>Gets the path as it was given.</summary>
    public string Path { get; }

    /// <summary>Gets whether the file was there.</summary>
    public bool Exists => _bytes is not null;

    /// <summary>Gets what the file holds; nothing where there is none.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Gets the baseline; empty where there is no file.</summary>
    public Baseline Content { get; }

    /// <summary>Gets where its values stand.</summary>
    public JsonPositions Positions { get; }

    /// <summary>Reads a baseline.</summary>
    /// <param name="path">The file; it need not exist.</param>
    /// <returns>The baseline.</returns>
    /// <exception cref="BaselineException">The file is there and cannot be used.</exception>
    public static BaselineFile Read(string path)
    {
        if (Directory.Exists(path))
        {
            throw new BaselineException(path, JsonPosition.Start, "this is a folder; name the baseline file in it");
        }

        byte[]? bytes;
        try
        {
            bytes = ReadBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new BaselineException(path, JsonPosition.Start, $"the baseline cannot be read: {e.Message}");
        }

        return bytes is null ? new(path, null, Baseline.Empty, JsonPositions.None) : Parse(path, bytes);
    }

    /// <summary>Parses a baseline.</summary>
    /// <param name="path">The file to name in messages.</param>
    /// <param name="bytes">What it holds.</param>
    /// <returns>The baseline.</returns>
    /// <exception cref="BaselineException">The text cannot be used.</exception>
    public static BaselineFile Parse(string path, byte[] bytes)
    {
        ReadOnlyMemory<byte> text = bytes;
        if (text.Span.StartsWith(Encoding.UTF8.Preamble))
        {
            text = text[Encoding.UTF8.Preamble.Length..];
        }

        if (!Utf8.IsValid(text.Span))
        {
            throw new BaselineException(path, JsonPosition.Start, "the baseline is not UTF-8 text; save it as UTF-8");
        }

        if (ConflictLine(text.Span) is { } line)
        {
            throw new BaselineException(
                path,
                new(line, 1, 8),
                $"line {line} is a merge-conflict marker; take either side (`git checkout --ours` or `--theirs`), then run `dotnet nanobragg baseline update`");
        }

        try
        {
            var positions = JsonPositions.Of(text.Span);
            return new(path, bytes, BaselineReader.Read(text, positions), positions);
        }
        catch (JsonTextException e)
        {
            throw new BaselineException(
                path,
                e.Position,
                $"the baseline cannot be used: line {e.Position.Line}: {e.Message}; mend the line, or restore the file from version control");
        }
    }

    /// <summary>Replaces the file, or creates it, if <paramref name="content"/> says something else than the file.</summary>
    /// <param name="content">The new baseline.</param>
    /// <returns>Whether anything was written.</returns>
    /// <exception cref="BaselineException">The file changed since it was read, or cannot be written; it is as it was.</exception>
    public bool Write(Baseline content)
    {
        var text = BaselineText.Write(content);
        if (Exists && text == BaselineText.Write(Content))
        {
            return false;
        }

        try
        {
            var isUnchanged = () => ReadBytes(Path) is var now && (_bytes is null ? now is null : _bytes.AsSpan().SequenceEqual(now));
            if (!AtomicFile.Write(Path, file => file.Write(Encoding.UTF8.GetBytes(text)), isUnchanged))
            {
                throw new BaselineException(Path, JsonPosition.Start, "the baseline was changed by someone else meanwhile and has been left as it is; run the command again");
            }

            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BaselineException(Path, JsonPosition.Start, $"the baseline cannot be written and has been left as it was: {e.Message}");
        }
    }

    /// <summary>Reads the whole file, or null where there is none.</summary>
    private static byte[]? ReadBytes(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            if (!stream.CanSeek)
            {
                throw new IOException("it is not an ordinary file");
            }

            if (stream.Length > MaxBytes)
            {
                throw new IOException($"it has more than {MaxBytes / 1024} KiB, and no baseline needs that");
            }

            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The first line that a version control system left as a mark of a conflict; no line of JSON can begin like one.</summary>
    private static int? ConflictLine(ReadOnlySpan<byte> text)
    {
        var line = 1;
        foreach (var range in text.Split((byte)'\n'))
        {
            var start = text[range];
            if (start.StartsWith("<<<<<<<"u8) || start.StartsWith(">>>>>>>"u8) || start.StartsWith("|||||||"u8) || start.StartsWith("======="u8))
            {
                return line;
            }

            line++;
        }

        return null;
    }
}
