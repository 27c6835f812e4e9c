"""Procedures of a made-up portal, as documents of the store."""

from __future__ import annotations

from knowledge.document import Document
from knowledge.ingest import Ingest
from knowledge.places import Places
from knowledge.readers.procedures import read_procedure

TABLE = "Hình thức nộpThời gianPhí, lệ phíMô tả"
PAPERS = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"


def record(modes: str = "", papers: str = "", **fields: str) -> dict[str, str]:
    """Return a record of the portal; `modes` and `papers` are rows run together."""
    return {
        "ma_thu_tuc": "1.000999",
        "ten_thu_tuc": "Đăng ký nuôi ong lấy mật",
        "linh_vuc": "Chăn nuôi",
        "cap_thuc_hien": "Cấp xã",
        "detail_url": "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/ong",
        "co_quan_thuc_hien": "Ủy ban nhân dân xã",
        "cach_thuc_thuc_hien": TABLE + modes if modes else "",
        "thanh_phan_ho_so": f"--{PAPERS}{papers}" if papers else "",
        **fields,
    }


def document(modes: str = "", papers: str = "", **fields: str) -> Document:
    """Return the same as a stored document."""
    raw = read_procedure(record(modes, papers, **fields), "thu-tuc.jsonl")
    return Ingest.read(raw, Places.load())
