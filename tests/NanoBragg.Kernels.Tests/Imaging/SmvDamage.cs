using System.Text;

namespace NanoBragg.Kernels.Tests.Imaging;

/// <summary>Damages a file in the ways that files are damaged: bits, cuts, repeats, and headers that lie.</summary>
internal static class SmvDamage
{
    private static readonly string[] Lies =
    [
        "SIZE1=", "SIZE2=", "HEADER_BYTES=", "DETECTOR_DIMENSIONS=", "SIZE1", "}", "\0", "=", "-1", "0", "1e9", "1e300", "nan", "inf", "2147483648", "65536",
        "0x10", "9999999999999999999999999", ".", "\n", "SIZE1=3;SIZE2=3;", "HEADER_BYTES=1024;", "PHI=1e400;", "{\nHEADER_BYTES=",
    ];

    /// <summary>Makes a damaged copy.</summary>
    /// <param name="whole">The file.</param>
    /// <param name="random">Decides.</param>
    /// <returns>The copy.</returns>
    public static byte[] Of(byte[] whole, Random random)
    {
        List<byte> bytes = [.. whole];
        for (var times = random.Next(1, 4); times > 0 && bytes.Count > 1; times--)
        {
            // Mostly in the text: damage to the pixels is none to a reader.
            var place = random.Next(Math.Min(bytes.Count, random.Next(4) == 0 ? int.MaxValue : 150));
            var lie = Encoding.Latin1.GetBytes(Lies[random.Next(Lies.Length)]);
            switch (random.Next(7))
            {
                case 0:
                    bytes[place] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[place] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(place, Math.Min(random.Next(1, 20), bytes.Count - place));
                    break;
                case 3:
                    bytes.RemoveRange(place, 1);
                    break;
                case 4:
                    bytes.InsertRange(place, lie);
                    break;
                case 5:
                    for (var i = 0; i < lie.Length && place + i < bytes.Count; i++)
                    {
                        bytes[place + i] = lie[i];
                    }

                    break;
                default:
                    bytes.InsertRange(place, bytes.GetRange(0, random.Next(bytes.Count)));
                    break;
            }
        }

        return random.Next(10) == 0 ? [.. bytes[..random.Next(bytes.Count)]] : [.. bytes];
    }
}
