using System.Security.Cryptography;

namespace NanoBragg.Tool.Measurement.Identity;

/// <summary>Native libraries that lie beside the assembly under test. Those of packages and of the system are not looked at.</summary>
internal static class NativeCode
{
    /// <summary>Hashes a library.</summary>
    /// <param name="folder">The folder of the assembly under test.</param>
    /// <param name="library">The library, as the code names it.</param>
    /// <returns>The hash in hexadecimal digits; empty where there is no such file.</returns>
    public static string Beside(string folder, string library)
    {
        foreach (var name in (string[])[library, library + ".so", $"lib{library}.so", library + ".dll", library + ".dylib", $"lib{library}.dylib"])
        {
            var path = Path.Combine(folder, name);
            if (library.Length > 0 && File.Exists(path))
            {
                using var file = File.OpenRead(path);
                return Convert.ToHexStringLower(SHA256.HashData(file));
            }
        }

        return "";
    }
}
