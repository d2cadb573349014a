namespace NanoBragg.Kernels.Tests;

/// <summary>Damages files of numbers in the ways that such files are damaged: cuts, repeats, and characters that do not belong there.</summary>
internal static class TextDamage
{
    private const string Scraps = "0123456789+-.eEgG \t\r\n\v\f\0#,;:!xnai\u00ff";

    /// <summary>Makes a damaged copy.</summary>
    /// <param name="file">The file.</param>
    /// <param name="random">Decides.</param>
    /// <returns>The copy.</returns>
    public static byte[] Of(byte[] file, Random random)
    {
        var bytes = file.ToList();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var place = random.Next(bytes.Count + 1);
            var length = Math.Min(random.Next(1, 20), bytes.Count - place);
            var scrap = (byte)Scraps[random.Next(Scraps.Length)];
            switch (random.Next(6))
            {
                case 0:
                    bytes.RemoveRange(place, length);
                    break;
                case 1:
                    bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(place, length));
                    break;
                case 2:
                    bytes.RemoveRange(place, bytes.Count - place);
                    break;
                case 3 when place < bytes.Count:
                    bytes[place] = (byte)random.Next(256);
                    break;
                case 4 when place < bytes.Count:
                    bytes[place] = scrap;
                    break;
                default:
                    bytes.Insert(place, scrap);
                    break;
            }
        }

        return [.. bytes];
    }
}
