"""What an encoder makes of texts that have nothing in common."""

from __future__ import annotations

from index.encoder import Encoder

MOST = 0.99  # a model that tells nothing apart must not lead to a division by zero

# Administrative Vietnamese throughout, so that what is measured is the subject, not the style.
QUESTIONS = (
    "Đăng ký kết hôn cần những giấy tờ gì?",
    "Làm hộ chiếu phổ thông mất bao lâu?",
    "Ai được miễn thuế sử dụng đất nông nghiệp?",
    "Tỉnh đặt mục tiêu chỉ số hài lòng bao nhiêu?",
    "Xin giấy phép xây dựng nhà ở nộp ở đâu?",
    "Lệ phí đăng ký xe máy là bao nhiêu tiền?",
)
PASSAGES = (
    "Trợ cấp thất nghiệp được chi trả hằng tháng qua tổ chức bảo hiểm xã hội.",
    "Cơ sở kinh doanh thuốc thú y phải có người phụ trách chuyên môn.",
    "Học sinh chuyển trường nộp đơn và học bạ cho nhà trường nơi đến.",
    "Chủ rừng lập phương án phòng cháy, chữa cháy rừng mỗi năm một lần.",
    "Lễ hội truyền thống được thông báo trước với cơ quan văn hóa.",
    "Phòng thí nghiệm công bố kết quả quan trắc nước thải theo quý.",
)


def measured_floor(encoder: Encoder) -> float:
    """Return the floor of an encoder: the least cosine of any of the questions and passages.

    The least rather than the mean, because the weights of the search were tuned with the floor
    of the shipped encoder, which lies just below everything that it gives unrelated texts.
    """
    cosines = encoder.encode_questions(QUESTIONS) @ encoder.encode_passages(PASSAGES).T
    return min(float(cosines.min()), MOST)
