namespace NanoBragg.Tool.Commands;

/// <summary>Makes sure that files can be written before anything is drawn: a picture may take hours.</summary>
internal static class OutputFolders
{
    /// <summary>Requires that every file's folder is there and takes files.</summary>
    /// <param name="folder">Where relative names start.</param>
    /// <param name="files">The files' names.</param>
    /// <exception cref="UserError">One of them cannot be written.</exception>
    public static void Require(string folder, string[] files)
    {
        foreach (var file in files)
        {
            var path = Path.GetFullPath(Path.Combine(folder, file));
            if (file.Length == 0 || Directory.Exists(path))
            {
                throw new UserError($"'{file}' cannot be written: it is not the name of a file");
            }

            if (!Directory.Exists(Path.GetDirectoryName(path)))
            {
                throw new UserError($"{file} cannot be written: there is no folder {Path.GetDirectoryName(path)}");
            }

            // Devices are written to as they stand, and links where they lead.
            if (!path.StartsWith("/dev/", StringComparison.Ordinal) && new FileInfo(path).LinkTarget is null)
            {
                RequireTakesFiles(Path.GetDirectoryName(path)!, file);
            }
        }
    }

    private static void RequireTakesFiles(string folder, string file)
    {
        try
        {
            File.Create(Path.Combine(folder, $".nanobragg.{Guid.NewGuid():n}.tmp"), 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"{file} cannot be written: the folder {folder} takes no files", innerException: e);
        }
    }
}
