using NanoBragg.Kernels.Files;
using NanoBragg.Kernels.Model;

namespace NanoBragg.Kernels.StructureFactors;

/// <summary>Where the reference program finds structure factors: in the list that is given, or else in what an earlier run left.</summary>
internal static class StructureFactorFiles
{
    /// <summary>Reads the list; without a list, reads the copy that an earlier run left, if there is one.</summary>
    /// <param name="list">The reflection list, or null for none.</param>
    /// <param name="dump">The copy.</param>
    /// <param name="missing">The structure factor of reflections that lie between those listed.</param>
    /// <returns>The structure factors, or null if there are none.</returns>
    /// <exception cref="ExperimentException">A file that cannot be used; the message says where.</exception>
    public static StructureFactorGrid? Read(string? list, string dump, double missing)
    {
        if (list is null)
        {
            return DumpFile.TryRead(dump);
        }

        if (Path.GetFullPath(list) == Path.GetFullPath(dump))
        {
            throw new ExperimentException($"-dump would overwrite the reflections {list}; give it another name");
        }

        return HklFile.Read(list, missing);
    }

    /// <summary>Leaves a copy for the next run, as a whole or not at all.</summary>
    /// <param name="dump">The copy.</param>
    /// <param name="grid">The structure factors.</param>
    public static void Leave(string dump, StructureFactorGrid grid)
    {
        try
        {
            AtomicFile.Write(dump, file => DumpFile.Write(file, grid));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The picture does not need the copy, and the reference program goes on without it, too.
        }
    }
}
