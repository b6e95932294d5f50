namespace SmsCampaign.Carriers.Http;

/// <summary>
/// Any gateway that takes messages over HTTP and answers in JSON, described wholly in the installation file. Many
/// aggregators are just that.
/// </summary>
sealed class HttpCarrier(
    HttpLaneOptions options, HttpMessageInvoker http) : ICarrier, IReceiptSource, IReceiptQuery, IDisposable
{
    public static readonly CarrierType Type = CarrierType.Of<HttpLaneOptions>("http", (options, http) =>
        new HttpCarrier(options, http)) with
    {
        LiveHosts = ["abenla.com", "stringee.com", "vietguys.biz", "fpt.net"],
        Examples = ["config/gateways/abenla.json", "config/gateways/stringee.json", "config/gateways/vietguys.json"],
    };

    readonly HttpRequestWriter _writer = new(options);
    readonly HttpAnswer _answer = new(options.Answer!, options.Secrets);
    readonly HttpReceipts? _receipts = options.Receipts is { } receipts
        ? new HttpReceipts(receipts, options.Secrets)
        : null;
    readonly HttpInquiry? _inquiry = options.Inquiry is { } inquiry
        ? new HttpInquiry(options, inquiry, CarrierHttp.CreateClient(options))
        : null;

    public int MostPerCall => options.MostPerCall;

    public bool DropsRepeats => options.RepeatsDropped;

    public bool RepeatsReference => options.Receipts?.Reference is not null && !PartsHaveOwnIds;

    public bool PartsHaveOwnIds => options.Answer!.Ids is not null && options.Receipts is { Part: null };

    public InquiryOptions? Inquiry => options.Inquiry;

    public int MostPerQuery => options.Inquiry?.MostPerQuery ?? 1;

    public bool AsksByReference => _inquiry?.AsksByReference ?? false;

    public Task<IReadOnlyList<SendResult>> SendAsync(
        IReadOnlyList<OutboundSms> messages, Departure departure, CancellationToken cancellationToken) =>
        CarrierHttp.ExchangeAsync(
            http,
            _writer.Write(messages),
            messages.Count,
            answer => _answer.Read(answer, messages),
            departure,
            cancellationToken,
            options.RepeatsDropped);

    public IReadOnlyList<DeliveryReceipt> ReadReceipts(ReceiptCallback callback) =>
        _receipts?.Read(callback) ?? throw new FormatException("this lane has no receipts");

    public Task<IReadOnlyList<QueryAnswer>> AskAsync(
        IReadOnlyList<QueriedSms> messages, CancellationToken cancellationToken) =>
        _inquiry?.AskAsync(messages, cancellationToken)
        ?? throw new InvalidOperationException("this lane has no inquiry");

    public void Dispose() => _inquiry?.Dispose();
}
