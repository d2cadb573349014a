using System.Text.Json;

namespace NanoBragg.Tool.Measurement;

/// <summary>A <see cref="MeasuredRun"/> as a file: what <c>measure --out</c> writes and <c>judge --measured</c> reads.</summary>
internal static class MeasuredRunFile
{
    private const int Version = 1;

    /// <summary>Writes a run. Killed at any moment, this leaves the file as it was or as it shall be.</summary>
    /// <exception cref="UserError">The file cannot be written.</exception>
    public static void Write(string path, MeasuredRun run)
    {
        path = Path.GetFullPath(path);
        var temporary = path + "." + Path.GetRandomFileName() + ".tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using (var file = File.Create(temporary))
            {
                file.Write(System.Text.Encoding.UTF8.GetBytes(ReadableJson.Text(run)));
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"cannot write '{path}': {e.Message}", ExitCode.Failure, e);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Reads a run.</summary>
    /// <exception cref="UserError">The file cannot be read, or is no run of this version.</exception>
    public static MeasuredRun Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var run = JsonSerializer.Deserialize(file, MeasurementJson.Default.MeasuredRun)
                ?? throw new UserError($"'{path}' holds no measurement; make one with 'dotnet nanobragg measure --out FILE'");
            if (run.FormatVersion != Version)
            {
                throw new UserError($"'{path}' has format version {run.FormatVersion}, but this tool reads {Version}; measure again with this tool");
            }

            return MeasuredRunCheck.Problem(run) is { } problem
                ? throw new UserError($"'{path}' is no measurement that can be judged: {problem}; make one with 'dotnet nanobragg measure --out FILE'")
                : run;
        }
        catch (JsonException e)
        {
            throw new UserError($"'{path}' is no measurement: {e.Message.ReplaceLineEndings(" ")}; make one with 'dotnet nanobragg measure --out FILE'", ExitCode.Failure, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"cannot read '{path}': {e.Message}", ExitCode.Failure, e);
        }
    }
}
