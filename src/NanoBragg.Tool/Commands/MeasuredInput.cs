using System.Text.Json;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Commands;

/// <summary>Reads figures that were measured earlier.</summary>
internal static class MeasuredInput
{
    /// <summary>Reads what <c>measure --out</c> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The run.</returns>
    /// <exception cref="UserError">There is no such file, or it is not one.</exception>
    public static MeasuredRun Read(string path)
    {
        try
        {
            var run = JsonSerializer.Deserialize(File.ReadAllBytes(path), MeasurementJson.Default.MeasuredRun);
            return run is { FormatVersion: 1, Cases: not null, Machine: not null } ? run : throw new UserError($"{path} is not a file that this version's `measure --out` wrote; measure again");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"the measured figures cannot be read: {e.Message}", innerException: e);
        }
        catch (JsonException e)
        {
            throw new UserError($"{path} is not a file that `measure --out` wrote (line {(e.LineNumber ?? 0) + 1}); measure again", innerException: e);
        }
    }
}
