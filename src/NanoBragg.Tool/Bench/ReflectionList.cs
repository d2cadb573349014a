using System.Globalization;

namespace NanoBragg.Tool.Bench;

/// <summary>A list of made-up reflections: every h, k and l from -20 to 20, with F = 20 + 10·((7h + 11k + 13l) mod 17).</summary>
internal static class ReflectionList
{
    private const int Largest = 20;

    /// <summary>Writes the list, a line each of h, k, l and F.</summary>
    /// <param name="path">The file.</param>
    public static void Write(string path)
    {
        using var lines = new StreamWriter(path);
        for (var h = -Largest; h <= Largest; h++)
        {
            for (var k = -Largest; k <= Largest; k++)
            {
                for (var l = -Largest; l <= Largest; l++)
                {
                    lines.Write(string.Create(CultureInfo.InvariantCulture, $"{h} {k} {l} {StructureFactor(h, k, l)}\n"));
                }
            }
        }
    }

    private static int StructureFactor(int h, int k, int l)
    {
        const int Period = 17;
        return 20 + (10 * ((((7 * h) + (11 * k) + (13 * l)) % Period + Period) % Period));
    }
}
