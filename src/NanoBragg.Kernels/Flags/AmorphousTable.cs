using NanoBragg.Kernels.Model;

namespace NanoBragg.Kernels.Flags;

/// <summary>The table of an amorphous structure factor, which the reference program reads and never uses. It must be there and hold something all the same.</summary>
internal static class AmorphousTable
{
    /// <summary>Gets the tests of its flags, of which the last wins.</summary>
    public static Flag[] Flags { get; } = [Table("-stol"), Table("-4stol"), Table("-Q")];

    /// <summary>Makes sure that a table is there.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ExperimentException">It cannot be read or is empty.</exception>
    public static void Require(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (file.ReadByte() < 0)
            {
                throw new ExperimentException($"{path}: the table is empty; leave it out, it changes no picture");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ExperimentException($"{path}: cannot be read: {e.Message}");
        }
    }

    private static Flag Table(string spelling) => new(spelling, 1, (p, v) => p.AmorphousTable = v[0]) { WholeWord = true };
}
