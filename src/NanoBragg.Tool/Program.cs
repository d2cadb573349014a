// Workers start often, and what they cost is measured: nothing of the command line is loaded for them.
if (args is ["worker", var request])
{
    return NanoBragg.Tool.Measurement.Workers.Worker.Run(request);
}

return NanoBragg.Tool.Commands.Root.Run(args);
