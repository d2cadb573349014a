namespace NanoBragg.Tool.Commands;

internal static class Root
{
    public static int Run(string[] args) => 1;
}
