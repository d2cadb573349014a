using NanoBragg.Kernels.Model;

namespace NanoBragg.Kernels.StructureFactors;

/// <summary>
/// A reflection list: a line each of h, k, l and F. It is read twice, as by the reference program, so that the list itself never lies in memory. Of a
/// reflection that is listed twice the last line counts.
/// </summary>
internal static class HklFile
{
    /// <summary>Reads a list.</summary>
    /// <param name="path">The file.</param>
    /// <param name="missing">The structure factor of reflections that lie between those listed.</param>
    /// <param name="limitBytes">What the grid may take, or null for <see cref="StructureFactorGrid.MemoryLimitBytes"/>.</param>
    /// <returns>The grid that just holds the list.</returns>
    /// <exception cref="ExperimentException">No such file, or one that is no list; the message says where.</exception>
    public static StructureFactorGrid Read(string path, double missing, long? limitBytes = null)
    {
        try
        {
            // The scanner has a buffer of its own.
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            return file.CanSeek
                ? Read(file, path, missing, limitBytes)
                : throw new ExperimentException($"{path} is no file that can be read twice; give the name of a file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ExperimentException($"cannot read the reflections {path}: {OneLine(e)}");
        }
    }

    /// <summary>Reads a list from a stream that can be read twice.</summary>
    /// <inheritdoc cref="Read(string, double, long?)"/>
    internal static StructureFactorGrid Read(Stream stream, string path, double missing, long? limitBytes)
    {
        var scanner = new HklScanner(stream, path);
        if (!scanner.Read(out var reflection))
        {
            throw scanner.Error("there is no reflection in the file; a reflection is h k l F on one line");
        }

        IndexRange h = new(reflection.H, reflection.H), k = new(reflection.K, reflection.K), l = new(reflection.L, reflection.L);
        while (scanner.Read(out reflection))
        {
            (h, k, l) = (h.With(reflection.H), k.With(reflection.K), l.With(reflection.L));
        }

        var grid = StructureFactorGrid.Filled(h, k, l, missing, path, limitBytes);
        stream.Position = 0;
        scanner = new(stream, path);
        while (scanner.Read(out reflection))
        {
            if (!grid.Contains(reflection.H, reflection.K, reflection.L))
            {
                throw scanner.Error("the file changed while it was read; try again");
            }

            grid[reflection.H, reflection.K, reflection.L] = reflection.StructureFactor;
        }

        return grid;
    }

    private static string OneLine(Exception e) => e.Message.ReplaceLineEndings(" ");
}
